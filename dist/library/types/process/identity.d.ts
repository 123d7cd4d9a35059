/**
 * `<pid>-<start>-<namespace>`: names this process among all that ever ran since the machine was booted, in any container; where there is no
 * /proc all but the process id are 0.
 */
export declare function ownIdentity(): string;
/** Whether the process an identity of our own namespace names still runs; where there is no /proc, whether any of that id does. */
export declare function isRunning(identity: string): boolean;
/** Process ids say something only to who is in the same namespace, since the same start of the machine; `-` where that cannot be told. */
export declare function ownNamespace(): string;
