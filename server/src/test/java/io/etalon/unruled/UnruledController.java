package io.etalon.unruled;

import io.etalon.server.access.Allow;
import io.etalon.server.access.AllowAnyone;
import io.etalon.server.access.AllowSignedIn;
import io.etalon.server.access.Role;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Every mistake that the start-up check must find. It stands outside the server's packages, so that no server runs it. */
@RestController
public class UnruledController {
    @GetMapping("/none")
    public String withoutRule() {
        return "";
    }

    @GetMapping("/two")
    @AllowAnyone
    @AllowSignedIn
    public String withTwoRules() {
        return "";
    }

    @GetMapping("/clients/{client}/open")
    @AllowSignedIn
    public String belowAClientWithoutMembership() {
        return "";
    }

    @GetMapping("/elsewhere")
    @Allow(Role.REQUESTER)
    public String membershipWithoutAClient() {
        return "";
    }

    @GetMapping("/fine")
    @AllowAnyone
    public String withItsRule() {
        return "";
    }
}
