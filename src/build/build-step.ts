import { checkBuildStep } from './check-build';
import { planBuild } from './plan-build';
import type { LanguageBuildOptions, ShellBuildOptions } from './project-options';
import { LANGUAGES, type Language } from '../facts/languages';
import type { StepPlan } from '../plan/pipeline-plan';
import type { Problem } from '../plan/problems';
import { PipelineStep } from '../step/pipeline-step';
import type { StepContext } from '../step/step-context';

/** Options of {@link BuildStep.nodeJs}. */
export interface NodeJsBuildOptions extends LanguageBuildOptions {
  /**
   * Version of Node.js: `'18'`, `'20'` or `'22'`.
   *
   * @default '22'
   */
  readonly nodeVersion?: string;
}

/**
 * How the code is built and tested.
 *
 * Every build runs in a CodeBuild project of its own, on Amazon Linux with 2 vCPUs and 4 GiB ($0.005 a minute in us-east-1), with a
 * cache of what it downloads and a log that is kept for 90 days.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
 *
 * @example
 * new WebAppPipeline(this, 'Site', {
 *   source: PipelineSource.gitHub('acme/shop', 'main'),
 *   buildStep: BuildStep.nodeJs({
 *     testCommands: ['npm run lint', 'npm test'],
 *     outputDirectory: 'build',
 *   }),
 * });
 */
export class BuildStep extends PipelineStep {
  /**
   * An application that npm, or a tool that your commands install, builds with Node.js: `npm ci`, `npm test`, `npm run build`, and the folder `dist`. Reports are
   * read from `junit.xml` or `reports/junit.xml` and, in Clover format, from `coverage/clover.xml`.
   */
  public static nodeJs(options: NodeJsBuildOptions = {}): BuildStep {
    return BuildStep.language(LANGUAGES.nodeJs, options, options.nodeVersion);
  }

  /** Any commands. Test reports are read as JUnit, coverage reports as Clover. */
  public static shell(commands: string[], options: ShellBuildOptions = {}): BuildStep {
    const stepName = options.stepName ?? BUILD;
    return new BuildStep(stepName, (context) => planBuild({
      provider: 'codeBuild',
      stepName,
      options,
      phases: { install: options.installCommands ?? [], build: commands, postBuild: [] },
      outputDirectory: options.outputDirectory,
      cachePaths: options.cachePaths,
      reports: [
        { name: 'tests', files: options.testReports ?? [], format: 'JUNITXML' },
        { name: 'coverage', files: options.coverageReports ?? [], format: 'CLOVERXML' },
      ],
    }, context));
  }

  private static language(language: Language, options: LanguageBuildOptions, version = language.defaultVersion): BuildStep {
    const stepName = options.stepName ?? BUILD;
    return new BuildStep(stepName, (context) => planBuild({
      provider: 'codeBuild',
      stepName,
      options,
      phases: {
        install: options.installCommands ?? language.install,
        build: [...options.testCommands ?? language.test, ...options.buildCommands ?? language.build],
        postBuild: [],
      },
      outputDirectory: options.outputDirectory ?? language.output,
      runtimes: { [language.runtime]: `${language.versionPrefix ?? ''}${version}` },
      cachePaths: language.cachePaths,
      reports: [
        { name: 'tests', files: options.testReports ?? language.tests.files, format: language.tests.format },
        { name: 'coverage', files: options.coverageReports ?? language.coverage.files, format: language.coverage.format },
      ],
    }, context), language);
  }

  private constructor(stepName: string, private readonly plan: (context: StepContext) => StepPlan, private readonly language?: Language) {
    super(stepName);
  }

  /** @internal */
  public _plan(context: StepContext): StepPlan {
    return this.plan(context);
  }

  /** @internal */
  public override _check(prop: string): Problem[] {
    return [...super._check(prop), ...checkBuildStep(prop, this._plan({ defaultInput: 'Source' }), this.language)];
  }
}

const BUILD = 'Build';
