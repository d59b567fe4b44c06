package id.nadi.identity.web;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How hard sign-in may be tried ({@code nadi.sign-in.*}).
 *
 * @param perMinute tries from one address at one tenant; more are refused with SIGN_IN_LOCKED
 */
@ConfigurationProperties("nadi.sign-in")
record SignInLimits(@DefaultValue("5") int perMinute) {}
