import { Agent as HttpAgent } from 'node:http';
type Environment = Readonly<Record<string, string | undefined>>;
/** The way to one provider. */
export interface Connections {
    /** Makes connections, and keeps them for the next request. */
    readonly agent: HttpAgent;
    /** Certificates that are trusted there; undefined: the usual ones. */
    readonly ca: string[] | undefined;
}
/**
 * Connections to a provider as the environment of its CLI has them: through a proxy, and with certificates of one's own. Throws where a file of
 * certificates cannot be read.
 */
export declare function openConnections(upstream: URL, environment: Environment): Promise<Connections>;
/** Certificates besides the usual ones; undefined where there are none. */
export declare function certificatesOf(environment: Environment): string[] | undefined;
/** The address of the proxy that leads to a provider; undefined where none does, or `NO_PROXY` excepts it. Small letters come first, as in curl. */
export declare function proxyFor({ protocol, hostname, port }: URL, environment: Environment): string | undefined;
export {};
