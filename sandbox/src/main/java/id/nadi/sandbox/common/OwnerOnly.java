package id.nadi.sandbox.common;

import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Attributes for what only its owner may read. They go with the creation of a file: tightening it afterwards leaves a
 * gap to read it in. Where a file system knows no such permissions there are none.
 */
public final class OwnerOnly {
    private OwnerOnly() {}

    public static FileAttribute<?>[] file(Path near) {
        return permissions(near, "rw-------");
    }

    public static FileAttribute<?>[] directory(Path near) {
        return permissions(near, "rwx------");
    }

    private static FileAttribute<?>[] permissions(Path near, String permissions) {
        if (!near.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        };
    }
}
