/** `<pid>-<start>`: names this process among all that ever ran since the machine was booted; where there is no /proc the start is 0. */
export declare function ownIdentity(): string;
/** Whether the process an identity names still runs here; where there is no /proc, whether any of that id does. */
export declare function isRunning(identity: string): boolean;
