/** A proxy that the environment sends agents through and that takes no connection. */
export interface SilentProxy {
    /** Host and port, without the credentials that its address may have. */
    readonly address: string;
    /** A clause: `ECONNREFUSED`, `no answer within 3 s`. */
    readonly why: string;
}
/** Whether the environment names any proxy. */
export declare function namesProxy(environment: Readonly<Record<string, string | undefined>>): boolean;
/** The proxies on the way to some providers that do not answer; those that `NO_PROXY` excepts are reached without one. Ends within seconds. */
export declare function findSilentProxies(providers: readonly string[], environment: Readonly<Record<string, string | undefined>>): Promise<SilentProxy[]>;
