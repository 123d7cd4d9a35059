/** Whether a variable holds a credential, by its name: such a value is passed on as a secret or not at all. */
export declare function looksLikeCredential(name: string): boolean;
