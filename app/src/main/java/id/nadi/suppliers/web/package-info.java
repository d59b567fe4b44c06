/** Where suppliers deliver their messages. */
@NullMarked
package id.nadi.suppliers.web;

import org.jspecify.annotations.NullMarked;
