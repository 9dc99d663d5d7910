/** Told now and then how far something is that may take long, e.g. "read 12 templates". */
export type Progress = (done: string) => void;
