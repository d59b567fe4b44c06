package id.nadi.sandbox.digiflazz;

/** One call of the buyer API, behind the checks that all of them share. */
interface Operation {
    /** What follows username and key under the signature. */
    String signedPart(Payload payload);

    Reply answer(Account account, Payload payload);
}
