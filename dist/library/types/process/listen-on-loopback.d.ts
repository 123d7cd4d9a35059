import type { Server } from 'node:http';
/** Lets a server listen on a free port of 127.0.0.1, which is returned; requests may take as long as they do. Rejects with the system's error. */
export declare function listenOnLoopback(server: Server): Promise<number>;
