import { Token } from 'aws-cdk-lib';
import type { ActionProvider } from '../../aws/action-providers';
import { CUSTOM_ACTION_LIMITS } from '../../aws/limits';
import type { ActionSpec, StepPlan } from '../../pipeline/pipeline-plan';
import { NON_EMPTY_STRING, type Problems } from '../../pipeline/problems';
import { FLAG, type OptionType, type OptionTypes, readOptions } from '../../pipeline/read-options';
import { containsVariable } from '../../pipeline/variables';
import { BUILD, type BuildPlanner } from '../step-planner';
import { commonStepFields, mainOutput, STEP_OPTIONS } from '../common-step-fields';
import { consistOfTypeCharacters } from '../custom/plan';
import type { StepOptions } from '../pipeline-step';
import type { StepContext } from '../step-context';
import { CLEAN_PATH } from '../validate-names';

/** Options of {@link BuildStep.jenkins}. */
export interface JenkinsOptions extends StepOptions {
  /**
   * Name of the provider, as configured in the CodePipeline plugin of your Jenkins server and in the action type: 1 to
   * 35 letters, digits, `_` and `-`.
   */
  readonly providerName: string;

  /**
   * Version of the action type: 1 to 9 letters, digits, `_` and `-`.
   *
   * @default '1'
   */
  readonly typeVersion?: string;

  /**
   * Produces an artifact for later steps.
   *
   * @default false
   */
  readonly producesArtifact?: boolean;
}

/** Describes a Jenkins job. The plugin polls for work, so the action needs no permissions. */
export interface JenkinsSpec extends ActionSpec {
  readonly kind: 'jenkins';
}

const OPTIONS: OptionTypes<JenkinsOptions> = {
  ...STEP_OPTIONS,
  providerName: typeText(CUSTOM_ACTION_LIMITS.maxProviderLength, 'use the name in the settings of the plugin'),
  typeVersion: typeText(CUSTOM_ACTION_LIMITS.maxVersionLength, 'use the version with which the type was registered'),
  producesArtifact: FLAG,
};

/**
 * Action type of Jenkins jobs.
 *
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/tutorials-four-stage-pipeline.html
 */
const PROVIDER = {
  category: 'Build',
  owner: 'Custom',
  inputs: { min: 0, max: 5 },
  outputs: { min: 0, max: 5 },
  configuration: { ProjectName: true },
  variables: [],
  see: 'https://docs.aws.amazon.com/codepipeline/latest/userguide/tutorials-four-stage-pipeline.html',
} as const satisfies Omit<ActionProvider, 'provider' | 'version'>;

/** Plans a Jenkins job. */
export class JenkinsBuild implements BuildPlanner {
  public readonly stepName: string;

  public constructor(
    private readonly projectName: string,
    private readonly options: JenkinsOptions,
  ) {
    this.stepName = options?.stepName ?? BUILD;
  }

  public plan(context: StepContext): Array<StepPlan<JenkinsSpec>> {
    const { problems } = context;
    const { providerName, typeVersion = '1', ...options } = readOptions(this.options, OPTIONS, problems);
    const projectName = this.readProjectName(problems.at('projectName'));
    if (this.options?.providerName === undefined) OPTIONS.providerName(undefined, problems.at('providerName'));
    if (projectName === undefined || providerName === undefined) return [];
    const step = commonStepFields(this.stepName, options, context);
    const plan: StepPlan<JenkinsSpec> = {
      ...step,
      provider: { ...PROVIDER, provider: providerName, version: typeVersion },
      outputs: mainOutput(step.name, options.producesArtifact),
      configuration: { ProjectName: projectName },
      propNames: { ProjectName: 'projectName' },
      spec: { kind: 'jenkins' },
    };
    return [plan];
  }

  private readProjectName(problems: Problems): string | undefined {
    const { projectName } = this;
    if (typeof projectName !== 'string' || projectName === '') {
      problems.add(NON_EMPTY_STRING, projectName, 'use the name of the job in Jenkins');
      return undefined;
    }
    // eslint-disable-next-line no-control-regex
    if (!Token.isUnresolved(projectName) && /^\s|\s$|[\u0000-\u001f]/.test(projectName)) {
      problems.add(CLEAN_PATH, projectName, 'use the name of the job in Jenkins');
    }
    if (!Token.isUnresolved(projectName) && containsVariable(projectName)) {
      problems.add('not contain variables', projectName, 'use one job that depends on its input');
    }
    return projectName;
  }
}

/** Returns the type of names and versions of action types. */
function typeText(maxLength: number, fix: string): OptionType {
  return (value, problems) => {
    if (typeof value === 'string' && Token.isUnresolved(value)) return true;
    const { providerPattern } = CUSTOM_ACTION_LIMITS;
    const isValid = typeof value === 'string' && providerPattern.test(value) && value.length <= maxLength;
    if (!isValid) problems.add(consistOfTypeCharacters(maxLength), value, fix);
    return isValid;
  };
}
