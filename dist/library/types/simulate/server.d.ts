import type { Redactor } from '../core/redactor.ts';
import type { SimulatedModel } from './model-api.ts';
import type { SimulationRules } from './rules.ts';
/** A running model server on the loopback interface. */
export interface Simulation {
    /** Where the CLI of this attempt finds its model; each attempt has its own address, by which its requests are told apart. */
    endpoint(id: string, attempt: number): {
        baseUrl: string;
        apiKey: string;
    };
    /** Ends all connections; the ledger is complete afterwards. */
    close(): Promise<void>;
}
/** Starts the server on a free port of 127.0.0.1. What it serves is appended to `ledgerPath`. */
export declare function startSimulation(options: {
    rules: SimulationRules;
    ledgerPath: string;
    /** The models it plays: told apart by the path of a request. */
    models: readonly SimulatedModel[];
    redactor: Redactor;
}): Promise<Simulation>;
