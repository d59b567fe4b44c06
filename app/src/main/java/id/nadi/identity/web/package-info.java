/** Signing in and out over HTTP, and what each request is allowed to be. */
@NullMarked
package id.nadi.identity.web;

import org.jspecify.annotations.NullMarked;
