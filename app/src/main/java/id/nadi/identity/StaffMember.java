package id.nadi.identity;

import id.nadi.kernel.StaffId;

/** A person who runs a tenant. */
public record StaffMember(StaffId id, String name, String email, Role role) {}
