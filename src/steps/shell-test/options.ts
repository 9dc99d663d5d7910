import type { ShellBuildOptions } from '../build/project-options';

/** Options of {@link TestStep.shell}. */
export interface ShellTestOptions extends ShellBuildOptions {}
