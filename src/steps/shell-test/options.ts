import type { ShellBuildOptions } from '../build/options';

/** Options of {@link TestStep.shell}. */
export interface ShellTestOptions extends ShellBuildOptions {}
