@NullMarked
package id.nadi.identity.web;

import org.jspecify.annotations.NullMarked;
