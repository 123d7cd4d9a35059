/**
 * Whether a variable holds a credential, by its name: such a value is passed on as a secret or not at all. Asked of each variable at every start, hence
 * no regular expression: compiling one takes longer than asking.
 */
export declare function looksLikeCredential(name: string): boolean;
