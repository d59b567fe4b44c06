package id.nadi.identity;

/** The two sides of a house: its staff and its members sign in apart, with sessions and cookies of their own. */
public enum Area {
    STAFF,
    MEMBER
}
