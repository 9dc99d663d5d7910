import type { LanguageBuildOptions } from './project-options';

/** Options of {@link BuildStep.nodeJs}. */
export interface NodeJsBuildOptions extends LanguageBuildOptions {
  /**
   * Version of Node.js: `'18'`, `'20'`, `'22'` or `'24'`.
   *
   * @default '22'
   */
  readonly nodeVersion?: string;
}

/** Options of {@link BuildStep.python}. */
export interface PythonBuildOptions extends LanguageBuildOptions {
  /**
   * Version of Python: `'3.9'` to `'3.14'`.
   *
   * @default '3.13'
   */
  readonly pythonVersion?: string;
}

/** Options of {@link BuildStep.maven}. */
export interface MavenBuildOptions extends LanguageBuildOptions {
  /**
   * Version of Java (Amazon Corretto): `'8'`, `'11'`, `'17'`, `'21'` or `'25'`.
   *
   * @default '21'
   */
  readonly javaVersion?: string;
}

/** Options of {@link BuildStep.gradle}. */
export interface GradleBuildOptions extends LanguageBuildOptions {
  /**
   * Version of Java (Amazon Corretto): `'8'`, `'11'`, `'17'`, `'21'` or `'25'`.
   *
   * @default '21'
   */
  readonly javaVersion?: string;
}

/** Options of {@link BuildStep.golang}. */
export interface GolangBuildOptions extends LanguageBuildOptions {
  /**
   * Version of Go: `'1.20'` to `'1.26'`. One that `go.mod` asks for and that is newer is downloaded by Go itself.
   *
   * @default '1.26'
   */
  readonly goVersion?: string;
}

/** Options of {@link BuildStep.dotNet}. */
export interface DotNetBuildOptions extends LanguageBuildOptions {
  /**
   * Version of .NET: `'6.0'`, `'8.0'` or `'10.0'`.
   *
   * @default '10.0'
   */
  readonly dotNetVersion?: string;
}
