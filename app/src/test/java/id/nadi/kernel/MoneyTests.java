package id.nadi.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MoneyTests {

    @Test
    void addsSubtractsAndMultipliesExactly() {
        assertThat(Money.idr(10_500).plus(Money.idr(500))).isEqualTo(Money.idr(11_000));
        assertThat(Money.idr(10_500).minus(Money.idr(11_000))).isEqualTo(Money.idr(-500));
        assertThat(Money.idr(10_500).times(3)).isEqualTo(Money.idr(31_500));
    }

    @Test
    void failsOnOverflowInsteadOfWrapping() {
        assertThatThrownBy(() -> Money.idr(Long.MAX_VALUE).plus(Money.idr(1))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Money.idr(Long.MIN_VALUE).minus(Money.idr(1))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Money.idr(Long.MAX_VALUE / 2 + 1).times(2)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void neverMixesCurrencies() {
        Money dollar = new Money(100, Currency.USD);
        assertThatThrownBy(() -> Money.idr(100).plus(dollar)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Money.idr(100).minus(dollar)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Money.idr(100).compareTo(dollar)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isShownAsPeopleWriteIt() {
        assertThat(Money.idr(0).display()).isEqualTo("Rp0");
        assertThat(Money.idr(999).display()).isEqualTo("Rp999");
        assertThat(Money.idr(50_000).display()).isEqualTo("Rp50.000");
        assertThat(Money.idr(1_234_567).display()).isEqualTo("Rp1.234.567");
        assertThat(Money.idr(-5_000).display()).isEqualTo("−Rp5.000");
        assertThat(Money.idr(Long.MIN_VALUE).display()).isEqualTo("−Rp9.223.372.036.854.775.808");
        assertThat(new Money(1_250, Currency.USD).display()).isEqualTo("US$12,50");
        assertThat(new Money(5, Currency.USD).display()).isEqualTo("US$0,05");
        assertThat(new Money(-100_005, Currency.USD).display()).isEqualTo("−US$1.000,05");
    }
}
