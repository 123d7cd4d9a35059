import type { Redactor } from '../core/redactor.ts';
import type { Bus } from '../journal/bus.ts';
import type { ReportModel } from '../report/report-model.ts';
import type { Recorder } from './recorder.ts';
/** Loads what keeps the answers of models as rules that replay them. */
export declare function openRecorder(): Promise<Recorder>;
/** What cannot be written is told as any report that cannot be delivered. */
export declare function writeRecord(recorder: Recorder, path: string, redactor: Redactor, bus: Bus<ReportModel>): void;
