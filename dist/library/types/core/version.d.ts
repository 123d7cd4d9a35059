/** The version of this package; a test holds it against package.json. */
export declare const version = "0.1.0";
/** Whether one version of a program comes before another; what stands behind the numbers does not count. */
export declare function isOlder(version: string, than: string): boolean;
