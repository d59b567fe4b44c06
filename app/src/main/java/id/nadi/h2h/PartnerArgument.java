package id.nadi.h2h;

import id.nadi.kernel.ErrorCode;
import id.nadi.kernel.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Hands controllers their {@link Partner}. Without one a call is refused here, so that no way around the filter's paths can
 * lead to a partner's data.
 */
@Configuration(proxyBeanMethods = false)
class PartnerArgument implements HandlerMethodArgumentResolver, WebMvcConfigurer {

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Partner.class;
    }

    @Override
    public Partner resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        if (!(request.getAttribute(Partner.ATTRIBUTE, RequestAttributes.SCOPE_REQUEST) instanceof Partner partner)) {
            throw Refusal.of(ErrorCode.API_KEY_MISSING).asException();
        }
        if (!parameter.hasParameterAnnotation(EvenSuspended.class)) {
            partner.suspension().ifPresent(refusal -> {
                throw refusal.asException();
            });
        }
        return partner;
    }
}
