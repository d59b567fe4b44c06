@NullMarked
package id.nadi.database;

import org.jspecify.annotations.NullMarked;
