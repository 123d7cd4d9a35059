/** Any value JSON can carry; what events, plans and expression contexts are made of. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
/** A JSON object. */
export interface JsonObject {
    readonly [key: string]: Json;
}
