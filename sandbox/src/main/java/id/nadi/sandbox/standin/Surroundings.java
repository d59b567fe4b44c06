package id.nadi.sandbox.standin;

import id.nadi.sandbox.callback.CallbackSender;
import id.nadi.sandbox.common.Agenda;
import id.nadi.sandbox.common.CallRecorder;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * What a stand-in finds around it.
 *
 * @param directory where it keeps its journal
 * @param calls where it notes the calls it gets
 */
public record Surroundings(
        Path directory, InstantSource clock, Agenda agenda, CallbackSender callbackSender, CallRecorder calls) {}
