/** When a model is retired, where that is known and has come or is near. `day` is `YYYY-MM-DD`, UTC. */
export interface Retirement {
    readonly day: string;
    readonly isPast: boolean;
}
/** Looks a model up as an orchestration file names it; undefined where it will be answered for, as far as is known. */
export declare function retirementOf(model: string, provider: string, now: number): Retirement | undefined;
