import type { aws_codebuild as codebuild, aws_ecr as ecr } from 'aws-cdk-lib';
import { checkBuildStep } from './build/check-build';
import { checkDockerImage } from './docker/check-docker';
import type { DockerImageOptions } from './docker/docker-options';
import type {
  DotNetBuildOptions,
  GolangBuildOptions,
  GradleBuildOptions,
  MavenBuildOptions,
  NodeJsBuildOptions,
  PythonBuildOptions,
} from './build/language-options';
import type { BuiltImage } from './docker/built-image';
import type {
  CommandsOptions,
  EcrBuildAndPublishOptions,
  ExistingProjectOptions,
  JenkinsOptions,
  MatrixBuildOptions,
} from './other-options';
import { planBuild, type BuildRequest } from './build/plan-build';
import {
  detailName,
  madeByDocker,
  madeByPipeline,
  planDockerImage,
  planDockerImages,
  planImageDetail,
} from './docker/plan-docker';
import {
  checkCommands,
  checkEcrBuildAndPublish,
  checkJenkins,
  checkProject,
  planCommands,
  planEcrBuildAndPublish,
  planJenkins,
  planProject,
} from './plan-managed';
import type { LanguageBuildOptions, ShellBuildOptions } from './build/project-options';
import { LANGUAGES, type Language } from '../aws/languages';
import type { StepPlan } from '../pipeline/pipeline-plan';
import { type Problem, Problems } from '../pipeline/problems';
import { PipelineArtifact } from './pipeline-artifact';
import { PipelineStep } from './pipeline-step';
import type { StepContext } from './step-context';

/**
 * How the code is built and tested.
 *
 * Unless it says otherwise, a build runs in a CodeBuild project of its own, on Amazon Linux with 2 vCPUs and 4 GiB ($0.005 a minute in us-east-1),
 * with a cache of what it downloads and a log that is kept for 90 days. Steps of a stage run at the same time, unless one uses what another makes.
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
   * An application that npm, or a tool that your commands install, builds with Node.js: `npm ci`, `npm test`, `npm run build`, and the folder `dist`.
   * Reports are read from `junit.xml` or `reports/junit.xml` and, in Clover format, from `coverage/clover.xml`. The cache keeps what npm downloads.
   */
  public static nodeJs(options: NodeJsBuildOptions = {}): BuildStep {
    return BuildStep.language(LANGUAGES.nodeJs, options, options.nodeVersion);
  }

  /**
   * A package of Python: `pip install -r requirements.txt`, which must hold `pytest` and `pytest-cov`, then `pytest`, then a wheel in `dist`, which
   * needs a `pyproject.toml`. Reports are read from `reports/junit.xml` and, in Cobertura format, from `reports/coverage.xml`. The cache keeps what
   * pip downloads.
   */
  public static python(options: PythonBuildOptions = {}): BuildStep {
    return BuildStep.language(LANGUAGES.python, options, options.pythonVersion);
  }

  /**
   * A Java application that Maven builds: `mvn verify`, `mvn package`, and the folder `target`. Reports are read from the folders `surefire-reports`
   * and `failsafe-reports` of all modules and, from the JaCoCo plugin if you use it, from `target/site/jacoco/jacoco.xml`. The cache keeps the local
   * repository.
   */
  public static maven(options: MavenBuildOptions = {}): BuildStep {
    return BuildStep.language(LANGUAGES.maven, options, options.javaVersion);
  }

  /**
   * A Java application that Gradle builds, by the wrapper in its repository: `./gradlew test`, `./gradlew assemble`, and the folder `build/libs`.
   * Reports are read from the folders `test-results` of all projects and, from the JaCoCo plugin if it writes XML, from
   * `build/reports/jacoco/test/jacocoTestReport.xml`. The cache keeps what Gradle downloads.
   */
  public static gradle(options: GradleBuildOptions = {}): BuildStep {
    return BuildStep.language(LANGUAGES.gradle, options, options.javaVersion);
  }

  /**
   * A Go module: `go mod download`, `go test ./...` by gotestsum, which writes `reports/junit.xml`, coverage in Cobertura format in
   * `reports/coverage.xml`, and the programs of the module in the folder `bin`. The cache keeps modules and what was compiled.
   */
  public static golang(options: GolangBuildOptions = {}): BuildStep {
    return BuildStep.language(LANGUAGES.golang, options, options.goVersion);
  }

  /**
   * A .NET project: `dotnet restore`, `dotnet test`, `dotnet publish` of a release, and the folder `publish`. Reports are read from `reports/*.trx`
   * and, where the tests have `coverlet.collector`, in Cobertura format from below `reports`. A folder with a solution must say which project to
   * publish, in `buildCommands`. The cache keeps packages of NuGet.
   */
  public static dotNet(options: DotNetBuildOptions = {}): BuildStep {
    return BuildStep.language(LANGUAGES.dotNet, options, options.dotNetVersion);
  }

  /** Any commands. Test reports are read as JUnit, coverage reports as Clover. */
  public static shell(commands: string[], options: ShellBuildOptions = {}): BuildStep {
    return BuildStep.ofBuild(shellRequest(commands, options));
  }

  /**
   * The same commands several times at the same time, once for every combination of the values: a matrix. The first build fetches the source and
   * starts the others; each costs its minutes. What they leave in `outputDirectory` becomes one artifact: let each write below a folder of its own,
   * such as `out/$NODE_VERSION`.
   *
   * @param variables environment variables and the values that each takes; at most 100 combinations
   * @see https://docs.aws.amazon.com/codebuild/latest/userguide/batch-build-buildspec.html#build-spec.batch.build-matrix
   */
  public static matrix(
    commands: string[],
    variables: { [name: string]: string[] },
    options: MatrixBuildOptions = {},
  ): BuildStep {
    const more = { matrix: { variables, failFast: options.failFast ?? false } };
    return BuildStep.ofBuild({ ...shellRequest(commands, options), more });
  }

  /**
   * An image that Docker builds and pushes to ECR, in a project that may use the Docker daemon.
   *
   * It exports `IMAGE_URI`, pinned to the digest, `IMAGE_DIGEST` and `IMAGE_TAG`, the first of the tags, and hands on `imageDetail.json` as the ECR
   * source does. Layers are kept on the machine for the next build, if it gets the same; a `cacheTag` keeps them in the repository. The image is a
   * plain one, without attestations: set the environment variable `BUILDX_NO_DEFAULT_ATTESTATIONS` to `0` for what Docker adds by itself.
   */
  public static dockerImage(repository: ecr.IRepository, options: DockerImageOptions = {}): BuildStep {
    const stepName = options.stepName ?? 'Image';
    const plan = (context: StepContext) => planDockerImage(stepName, repository, options, context);
    const plans = (context: StepContext) => planDockerImages(stepName, repository, options, context);
    const check = (prop: string) => [
      ...new Set([...plans(ALONE).flatMap((one) => checkBuildStep(prop, one)), ...checkDockerImage(prop, options)]),
    ];
    return new BuildStep(stepName, plan, check, { plans, image: madeByDocker(stepName, repository, options) });
  }

  /**
   * An image that CodePipeline builds and pushes to ECR by itself, without a project: no build arguments, no cache, at most an hour, and no artifact
   * unless it `makesArtifact`. Its variables are `ECRImageDigestId` and `ECRRepositoryName`.
   *
   * @param repository in the account and region of the pipeline
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-ECRBuildAndPublish.html
   */
  public static ecrBuildAndPublish(repository: ecr.IRepository, options: EcrBuildAndPublishOptions = {}): BuildStep {
    const stepName = options.stepName ?? 'Image';
    const plan = (context: StepContext) => planEcrBuildAndPublish(stepName, repository, options, context);
    const detail = (context: StepContext) =>
      options.makesArtifact ? [planImageDetail(stepName, repository, options, context)] : [];
    const plans = (context: StepContext) => [plan(context), ...detail(context)];
    return new BuildStep(stepName, plan, (prop) => checkEcrBuildAndPublish(prop, options), {
      plans,
      image: madeByPipeline(stepName, repository, options),
      artifact: options.makesArtifact ? detailName(stepName) : undefined,
    });
  }

  /**
   * Commands without a project: the Commands action. It has no cache, no reports and no image to choose, and ends after 55 minutes; its minutes cost
   * what those of CodeBuild cost.
   *
   * @param commands 1 to 50 commands of one line and at most 1000 characters; what is longer belongs into a script of the repository
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-Commands.html
   */
  public static commands(commands: string[], options: CommandsOptions = {}): BuildStep {
    const stepName = options.stepName ?? BUILD;
    return new BuildStep(
      stepName,
      (context) => planCommands(stepName, commands, options, context),
      (prop) => checkCommands(prop, commands, options),
    );
  }

  /**
   * A CodeBuild project that exists, whose source and artifacts are of the type CODEPIPELINE. A project of this app gets what it needs of the
   * artifact bucket; the role of one that was looked up must have it already.
   *
   * @param project in the account and region of the pipeline
   */
  public static project(project: codebuild.IProject, options: ExistingProjectOptions = {}): BuildStep {
    const stepName = options.stepName ?? BUILD;
    return new BuildStep(
      stepName,
      (context) => planProject(stepName, project, options, context),
      (prop) => checkProject(prop, options),
    );
  }

  /**
   * A job of a Jenkins server, whose CodePipeline plugin asks for work. The action type must be registered in the account and region of the pipeline,
   * for example by `JenkinsProvider` of aws-codepipeline-actions. CodePipeline does not charge for it.
   *
   * @param projectName name of the job
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/tutorials-four-stage-pipeline.html
   */
  public static jenkins(projectName: string, options: JenkinsOptions): BuildStep {
    const stepName = options.stepName ?? BUILD;
    const plan = (context: StepContext) => planJenkins(stepName, projectName, options, context);
    return new BuildStep(stepName, plan, (prop) => checkJenkins(prop, projectName, options));
  }

  private static language(language: Language, options: LanguageBuildOptions, version?: string): BuildStep {
    return BuildStep.ofBuild({
      provider: 'codeBuild',
      stepName: options.stepName ?? BUILD,
      options,
      phases: {
        install: options.installCommands ?? language.install,
        build: [...(options.testCommands ?? language.test), ...(options.buildCommands ?? language.build)],
        postBuild: [],
      },
      outputDirectory: options.outputDirectory ?? language.output,
      language: { language, version },
      cachePaths: options.cachePaths,
      reports: [
        { name: 'tests', files: options.testReports ?? language.tests.files, format: language.tests.format },
        {
          name: 'coverage',
          files: options.coverageReports ?? language.coverage.files,
          format: language.coverage.format,
        },
      ],
    });
  }

  private static ofBuild(request: BuildRequest): BuildStep {
    const plan = (context: StepContext) => planBuild(request, context);
    return new BuildStep(request.stepName, plan, (prop) => checkBuildStep(prop, plan(ALONE), request.language));
  }

  private constructor(
    stepName: string,
    private readonly plan: (context: StepContext) => StepPlan,
    private readonly check: (prop: string) => Problem[],
    private readonly more: MoreThanOneAction = {},
  ) {
    super(stepName, more.artifact === undefined ? undefined : PipelineArtifact._of(more.artifact));
  }

  /** @internal */
  protected _planActions(context: StepContext): StepPlan[] {
    context.problems.addAll(this.check(context.problems.path));
    return this.more.plans?.(context) ?? [this.plan(context)];
  }

  /**
   * The image that it makes, if it makes one.
   *
   * @internal
   */
  public _image(): BuiltImage | undefined {
    return this.more.image;
  }
}

/** What sets steps apart that make an image. */
interface MoreThanOneAction {
  /** All actions, where there are several. */
  readonly plans?: (context: StepContext) => StepPlan[];
  readonly image?: BuiltImage;
  /** Name of the artifact, where it is that of another action than the main one. */
  readonly artifact?: string;
}

const BUILD = 'Build';

/** A step is checked by what it is, wherever it stands. */
const ALONE: StepContext = { defaultInput: 'Source', problems: new Problems() };

const shellRequest = (commands: string[], options: ShellBuildOptions): BuildRequest => ({
  provider: 'codeBuild',
  stepName: options.stepName ?? BUILD,
  options,
  phases: { install: options.installCommands ?? [], build: commands, postBuild: [] },
  outputDirectory: options.outputDirectory,
  cachePaths: options.cachePaths,
  reports: [
    { name: 'tests', files: options.testReports ?? [], format: 'JUNITXML' },
    { name: 'coverage', files: options.coverageReports ?? [], format: 'CLOVERXML' },
  ],
});
