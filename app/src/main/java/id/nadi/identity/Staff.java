package id.nadi.identity;

import id.nadi.audit.Actor;
import id.nadi.audit.AuditTrail;
import id.nadi.kernel.StaffId;
import id.nadi.tenancy.CurrentTenant;
import id.nadi.tenancy.Transactions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** The people who run the bound tenant. */
@Service
public class Staff {
    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final Passwords passwords;
    private final AuditTrail audit;

    Staff(JdbcClient jdbc, Transactions transactions, Passwords passwords, AuditTrail audit) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.passwords = passwords;
        this.audit = audit;
    }

    public StaffMember create(String name, String email, String password, Role role, Actor actor) {
        StaffMember person = new StaffMember(StaffId.next(), name, email.toLowerCase(Locale.ROOT), role);
        String hash = passwords.hash(password);
        transactions.run(() -> {
            jdbc.sql("INSERT INTO staff (id, tenant_id, name, email, password_hash, role) VALUES (?, ?, ?, ?, ?, ?)")
                    .params(person.id().value(), CurrentTenant.id().value(), name, person.email(), hash, role.name())
                    .update();
            audit.record(
                    actor, "staff.created", "staff/" + person.id(), null, Map.of("email", email, "role", role.name()));
        });
        return person;
    }

    public Optional<StaffMember> find(StaffId id) {
        return transactions.in(() -> jdbc.sql("SELECT id, name, email, role FROM staff WHERE id = ? AND state = 0")
                .param(id.value())
                .query((row, number) -> new StaffMember(
                        new StaffId(row.getObject("id", UUID.class)),
                        row.getString("name"),
                        row.getString("email"),
                        Role.valueOf(row.getString("role"))))
                .optional());
    }

    public List<StaffMember> all() {
        return transactions.in(() -> jdbc.sql("SELECT id, name, email, role FROM staff WHERE state = 0 ORDER BY id")
                .query((row, number) -> new StaffMember(
                        new StaffId(row.getObject("id", UUID.class)),
                        row.getString("name"),
                        row.getString("email"),
                        Role.valueOf(row.getString("role"))))
                .list());
    }
}
