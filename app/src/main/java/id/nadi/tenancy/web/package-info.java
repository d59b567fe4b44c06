/** Finds the tenant of a request by its host or path and binds it. */
@NullMarked
package id.nadi.tenancy.web;

import org.jspecify.annotations.NullMarked;
