package id.nadi.sandbox.digiflazz;

import java.util.Map;

/**
 * What came of everything, counted since the directory was created.
 *
 * @param references how many ref_ids were ever used
 * @param pending how many are not final yet
 * @param delivered how many were delivered at least once
 * @param deliveredTwice how many were delivered more than once
 * @param destinationsFilledMoreThanOnce how many pairs of product and destination were delivered under different
 *     ref_ids; published test numbers are left out
 * @param callsReceived calls of the buyer API, answered or not
 * @param callsNotCarriedOut those that met a fault before they had any effect
 * @param byRc calls by the code decided on, whether or not its answer arrived
 * @param callbacksSent callbacks that were accepted
 * @param callbacksFailed callbacks given up after the last try
 */
public record Summary(
        long references,
        long pending,
        long delivered,
        long deliveredTwice,
        long destinationsFilledMoreThanOnce,
        long callsReceived,
        long callsNotCarriedOut,
        Map<String, Long> byRc,
        long callbacksSent,
        long callbacksFailed,
        long callbacksWaiting) {}
