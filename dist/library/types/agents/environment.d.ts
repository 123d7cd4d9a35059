/** The proxy and certificates of a network: agents need them to reach their provider. */
export declare const networkNames: readonly ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR'];
/**
 * The part of the orchestrator's environment that any child may see: a short allow-list; of `GITHUB_*` and `RUNNER_*`
 * all but tokens and the files by which steps command the runner. `RUNNER_TRACKING_ID` stays: the runner's own clean-up works by it.
 */
export declare function commonEnvironment(own: Readonly<Record<string, string | undefined>>): Record<string, string>;
/** The named variables that are set. */
export declare function pickEnvironment(own: Readonly<Record<string, string | undefined>>, names: Iterable<string>): Record<string, string>;
