package id.nadi;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** Rules that the module structure alone does not enforce. */
class ArchitectureTests {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("id.nadi");
    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(new ImportOption.OnlyIncludeTests())
            .importPackages("id.nadi");

    private static final Set<String> FLOATING =
            Set.of("float", "double", Float.class.getName(), Double.class.getName(), "java.math.BigDecimal");

    /** The values of other modules in which a port speaks. */
    private static final Set<String> VALUES_OF_THE_PORT = Set.of("id.nadi.connect.Exchange", "id.nadi.orders.Outcome");

    /** Parts of the JDK with which an adapter could talk to the outside past the one guarded road. */
    private static final Set<String> ROADS_OUT = Set.of(
            "java.net.Socket",
            "java.net.ServerSocket",
            "java.net.DatagramSocket",
            "java.net.URL",
            "java.net.URLConnection",
            "java.net.HttpURLConnection");

    /**
     * An adapter sees the port's module by its public face, the values in which the port speaks, the kernel and itself; of
     * the rest the JDK, JSON, and what it takes to be found and configured. Nested packages could otherwise reach into
     * their parent's internals, one adapter into another, and any of them past the connector.
     */
    @Test
    void adaptersTranslateAndReachNothingElse() {
        classes()
                .that()
                .resideInAPackage("..adapters.*..")
                .should(useOnlyWhatTranslatingTakes())
                .check(MAIN);
    }

    @Test
    void theRuleForAdaptersSeesWhatItForbids() {
        JavaClass stranger = new ClassFileImporter().importClass(ArchitectureTests.class);
        assertThat(mayBeUsedBy("id.nadi.suppliers.adapters.one", stranger)).isFalse();
        assertThat(mayBeUsedBy("id.nadi.suppliers.adapters.one", MAIN.get(id.nadi.kernel.Money.class)))
                .isTrue();
        assertThat(mayBeUsedBy("id.nadi.suppliers.adapters.one", MAIN.get(id.nadi.orders.Outcome.Delivered.class)))
                .isTrue();
        assertThat(mayBeUsedBy("id.nadi.suppliers.adapters.one", MAIN.get(id.nadi.orders.Orders.class)))
                .isFalse();
        assertThat(mayBeUsedBy("id.nadi.suppliers.adapters.one", MAIN.get(id.nadi.connect.Connector.class)))
                .isFalse();
        assertThat(mayBeUsedBy("id.nadi.suppliers.adapters.one", MAIN.get("id.nadi.suppliers.SupplierStore")))
                .isFalse();
        assertThat(mayBeUsedBy(
                        "id.nadi.suppliers.adapters.one",
                        MAIN.get("id.nadi.suppliers.adapters.digiflazz.DigiflazzAdapter")))
                .isFalse();
        ClassFileImporter anywhere = new ClassFileImporter();
        assertThat(mayBeUsedBy("id.nadi.suppliers.adapters.one", anywhere.importClass(java.net.http.HttpClient.class)))
                .isFalse();
        assertThat(mayBeUsedBy(
                        "id.nadi.suppliers.adapters.one",
                        anywhere.importClass(org.springframework.jdbc.core.simple.JdbcClient.class)))
                .isFalse();
    }

    @Test
    void noFloatingPointStandsNearMoney() {
        var nearMoney = resideInAPackage("id.nadi.ledger..")
                .or(resideInAPackage("id.nadi.orders.."))
                .or(resideInAPackage("id.nadi.resellers.."))
                .or(resideInAPackage("id.nadi.catalog.."))
                .or(describe("Money", (JavaClass one) -> one.getFullName().equals("id.nadi.kernel.Money")));
        classes()
                .that(nearMoney)
                .should(haveNoFloatingPointInFieldsOrSignatures())
                .check(MAIN);
    }

    @Test
    void dependenciesComeThroughConstructors() {
        noFields().should().beAnnotatedWith(Autowired.class).check(MAIN);
        noFields().should().beAnnotatedWith(Value.class).check(MAIN);
        noFields().should().beAnnotatedWith("jakarta.inject.Inject").check(MAIN);
        noFields().should().beAnnotatedWith("jakarta.annotation.Resource").check(MAIN);
        noMethods().should().beAnnotatedWith(Autowired.class).check(MAIN);
    }

    @Test
    void noTestIsSwitchedOff() {
        noMethods().should().beAnnotatedWith(Disabled.class).check(TESTS);
        noClasses().should().beAnnotatedWith(Disabled.class).check(TESTS);
    }

    private static ArchCondition<JavaClass> useOnlyWhatTranslatingTakes() {
        return new ArchCondition<>("use only what translating takes") {
            @Override
            public void check(JavaClass adapter, ConditionEvents events) {
                adapter.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> !mayBeUsedBy(adapter.getPackageName(), dependency.getTargetClass()))
                        .forEach(dependency ->
                                events.add(SimpleConditionEvent.violated(adapter, dependency.getDescription())));
            }
        };
    }

    private static boolean mayBeUsedBy(String adapterPackage, JavaClass used) {
        JavaClass target = used.getBaseComponentType();
        String theirs = target.getPackageName();
        if (!theirs.equals("id.nadi") && !theirs.startsWith("id.nadi.")) {
            return target.isPrimitive() || isForTranslating(target);
        }
        if (VALUES_OF_THE_PORT.stream()
                .anyMatch(value ->
                        target.getName().equals(value) || target.getName().startsWith(value + "$"))) {
            return true;
        }
        int split = adapterPackage.indexOf(".adapters.");
        String port = adapterPackage.substring(0, split);
        int end = adapterPackage.indexOf('.', split + ".adapters.".length());
        String own = end < 0 ? adapterPackage : adapterPackage.substring(0, end);
        return theirs.equals("id.nadi.kernel")
                || theirs.equals(own)
                || theirs.startsWith(own + ".")
                || theirs.equals(port)
                        && target.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.PUBLIC);
    }

    private static boolean isForTranslating(JavaClass target) {
        String name = target.getName();
        boolean jdk = name.startsWith("java.")
                && !name.startsWith("java.net.http.")
                && !name.startsWith("java.sql.")
                && !ROADS_OUT.contains(name);
        return jdk
                || name.startsWith("tools.jackson.")
                || name.startsWith("com.fasterxml.jackson.annotation.")
                || name.startsWith("org.springframework.stereotype.")
                || name.equals(Value.class.getName())
                || name.startsWith("org.jspecify.annotations.");
    }

    private static ArchCondition<JavaClass> haveNoFloatingPointInFieldsOrSignatures() {
        return new ArchCondition<>("have no floating point in fields or signatures") {
            @Override
            public void check(JavaClass owner, ConditionEvents events) {
                Set<String> found = new TreeSet<>();
                owner.getFields().stream()
                        .filter(field -> isFloating(field.getRawType()))
                        .forEach(field -> found.add(field.getFullName()));
                Stream.<JavaCodeUnit>concat(owner.getMethods().stream(), owner.getConstructors().stream())
                        .filter(unit -> isFloating(unit.getRawReturnType())
                                || unit.getRawParameterTypes().stream().anyMatch(ArchitectureTests::isFloating))
                        .forEach(unit -> found.add(unit.getFullName()));
                found.forEach(place -> events.add(SimpleConditionEvent.violated(owner, place)));
            }
        };
    }

    private static boolean isFloating(JavaClass type) {
        return FLOATING.contains(type.getBaseComponentType().getName());
    }
}
