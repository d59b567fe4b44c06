/** One HTTP server for all stand-ins: routes, the control token, broken answers and the page. */
@NullMarked
package id.nadi.sandbox.web;

import org.jspecify.annotations.NullMarked;
