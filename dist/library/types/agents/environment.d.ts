/** The proxy and certificates of a network: agents need them to reach their provider. */
export declare const networkNames: readonly ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR'];
/** The part of the orchestrator's environment that any child may see: a short allow-list. */
export declare function commonEnvironment(own: Readonly<Record<string, string | undefined>>): Record<string, string>;
/** Whether a variable is a credential or leads to one: not a region, a certificate, a model, an address without a password. */
export declare function isCredential(name: string, value: string): boolean;
/** The host of a base URL that leads elsewhere than to the provider's own; undefined where there is none. */
export declare function hostOf(baseUrl: string | undefined): string | undefined;
/** The named variables that are set. */
export declare function pickEnvironment(own: Readonly<Record<string, string | undefined>>, names: Iterable<string>): Record<string, string>;
/** Whose models an environment has the key of, where it has one only. */
export declare function soleProvider(environment: Readonly<Record<string, string | undefined>>): string | undefined;
