import type { Json } from '../core/json.ts';
import * as data from '@actions/expressions/data/index';
import type { FunctionInfo } from '@actions/expressions/funcs/info';
/** The four functions about the outcomes of what came before, as the caller of an evaluation knows them. */
export interface StatusFunctions {
    success(): boolean;
    failure(): boolean;
    always(): boolean;
    cancelled(): boolean;
}
/** A function of the language, by its name in lower case, with the spelling people write. */
export interface LanguageFunction extends FunctionInfo {
    /** `read` gives the contexts. */
    call(args: data.ExpressionData[], status: StatusFunctions | undefined, read: (context: string) => Json): data.ExpressionData;
}
/** Whether a name, in any case, is one of `success failure always cancelled`. */
export declare function isStatusFunction(name: string): boolean;
/** Why `hashFiles` is not there although GitHub has it. */
export declare const hashFilesMessage = "`hashFiles` is not available: a plan depends on its file and inputs alone, never on the working tree";
/** The function that asks whether a changed file matches; its arguments are filters as in `paths`. */
export declare const matchesFunction = "changes.matches";
/**
 * Every function of the language by its lower-case name. A map, because the library's own table is an object
 * on which `constructor` is found. JSON goes through our lazy values, which also survive keys like `__proto__`.
 */
export declare const languageFunctions: ReadonlyMap<string, LanguageFunction>;
