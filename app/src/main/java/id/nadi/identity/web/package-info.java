/** Sign-in over JSON, the session's cookie, and who may go where. */
@NullMarked
package id.nadi.identity.web;

import org.jspecify.annotations.NullMarked;
