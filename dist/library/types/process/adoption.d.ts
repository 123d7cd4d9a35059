import { type Kinship } from './sweep.ts';
/** The programs of one parent that adopts what they leave behind, as a fork server does. */
export interface Adoption {
    add(program: number): void;
    delete(program: number): void;
    /** Whose a process is, once `program` has ended. */
    kinshipOf(pid: number): Kinship;
    /** Kills what the parent has for children beside its programs until there is none, and resolves with how many there were. */
    end(): Promise<number>;
}
/** A parent without programs yet. */
export declare function createAdoption(parent: number): Adoption;
