import org.openapitools.client.ApiClient;
import org.openapitools.client.api.TherapyApi;

/** Reads a therapy, and what the ledger holds of it, with the generated client. */
class ReadTherapy {
    public static void main(String[] arguments) throws Exception {
        ApiClient client = new ApiClient();
        client.setBasePath(arguments[0]);
        client.setBearerToken(arguments[1]);
        var api = new TherapyApi(client);
        var therapy = api.readTherapy(arguments[2], null);
        var trace = api.traceTherapy(arguments[2], null);
        System.out.printf(
                "{\"coi\":\"%s\",\"process\":\"%s\",\"things\":%d}%n",
                therapy.getCoi(), therapy.getProcess().getVersion(), trace.getThings().size());
        // the client's threads wait for more calls
        System.exit(0);
    }
}
