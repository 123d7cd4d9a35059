/** From here on nothing is tuned (`ORCHESTRATOR_NO_V8_TUNING=1`). */
export declare function leaveV8Alone(): void;
/**
 * For what is about to read a file of about so many instances. Reading is over before code that TurboFan has compiled pays for it; in the largest
 * files it does.
 */
export declare function tuneForReading(instances: number): void;
/** For a run of so many instances, which may take hours. */
export declare function tuneForRunning(instances: number): void;
/** For the reports of a run of so many instances: what decided on it, and what went through it, makes room for them. */
export declare function tuneForReporting(instances: number): void;
/**
 * Keeps memory small in a run of many instances, or of nobody knows how many. V8's young generation keeps the size it has; where there are less than very
 * many, it grows once, from 1 MB to 4, and is collected a quarter as often. Else the old one is collected when it has grown by a fifth, and what dies young
 * is collected also while the old generation is being marked, which takes longer the busier the machine is: the heap would grow by half meanwhile. In
 * the largest runs V8 does without its compiler in the middle, whose work on other threads leaves 10 MB behind.
 */
export declare function keepHeapSmall(instances?: number): void;
