/** SHA-256 (FIPS 180-4) of a text's UTF-8 bytes, in hex; our own because `src/workflow` is given no platform to ask. */
export declare function sha256(text: string): string;
