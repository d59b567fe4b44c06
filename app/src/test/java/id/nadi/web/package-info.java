@NullMarked
package id.nadi.web;

import org.jspecify.annotations.NullMarked;
