package id.nadi;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.docs.Documenter;

/** The table of modules and what each may use is in the modules' package-info; this is what makes it true. */
class ModularityTests {
    private static final ApplicationModules MODULES = ApplicationModules.of(Nadi.class);

    @Test
    void modulesUseOnlyWhatTheyDeclareAndOnlyPublicFaces() {
        MODULES.verify();
    }

    /** Written to target/spring-modulith-docs, from where the picture of the modules is taken. */
    @Test
    void drawsTheModules() {
        new Documenter(MODULES)
                .writeModulesAsPlantUml()
                .writeIndividualModulesAsPlantUml()
                .writeModuleCanvases();
    }
}
