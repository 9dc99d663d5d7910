import { type aws_codepipeline as codepipeline, Token } from 'aws-cdk-lib';
import { checkAction, planAction, variableOfAction } from './custom-action';
import { PipelineArtifact } from '../pipeline-artifact';
import { PipelineStep, type StepOptions } from '../pipeline-step';
import type { PipelineVariable } from '../pipeline-variable';
import { commonStepFields } from '../common-step-fields';
import type { StepContext } from '../step-context';
import { CUSTOM_ACTION_LIMITS } from '../../aws/limits';
import type { StepPlan } from '../../pipeline/pipeline-plan';
import { problem, type Problem } from '../../pipeline/problems';
import { namespaceOf } from '../../pipeline/variables';

/** Options of {@link CustomStep.action}. */
export interface CustomActionOptions {
  /**
   * Steps of the same stage that must succeed before this one starts, besides those whose artifacts it uses.
   *
   * @default - none
   */
  readonly after?: PipelineStep[];
}

/** What an action type of your own does. */
export enum CustomActionCategory {
  /** It builds. */
  BUILD = 'Build',
  /** It tests. */
  TEST = 'Test',
  /** It deploys. */
  DEPLOY = 'Deploy',
  /** It does something else. */
  INVOKE = 'Invoke',
}

/** Options of {@link CustomStep.ofType}. */
export interface CustomTypeOptions extends StepOptions {
  /**
   * Version of the action type: 1 to 9 letters, digits, `_` and `-`.
   *
   * @default '1'
   */
  readonly typeVersion?: string;

  /**
   * The values of the type's configuration, 1 to 1000 characters each; keys have 1 to 50. They may hold variables of earlier steps. They stand in
   * the template as they are: never put a secret here.
   *
   * @default - none
   */
  readonly configuration?: { [key: string]: string };

  /**
   * The action makes files for later steps.
   *
   * @default false
   */
  readonly makesArtifact?: boolean;
}

/**
 * A step that no other class describes: an action of aws-codepipeline-actions, or an action type of your own.
 *
 * @example
 * declare const action: codepipeline.IAction; // from aws-codepipeline-actions, or a class of yours
 * new DeliveryPipeline(this, 'Delivery', {
 *   sources: [PipelineSource.gitHub('acme/shop', 'main')],
 *   stages: [PipelineStage.ofSteps('Deploy', [CustomStep.action(action)])],
 * });
 */
export class CustomStep extends PipelineStep {
  /**
   * An action of aws-codepipeline-actions, or of a class that implements `IAction`. Name, namespace, inputs and outputs are the action's own; its
   * run order follows from its artifacts and from `after`. It runs under a role of its own, which gets what the action asks for and nothing else,
   * unless it brings a role.
   *
   * Its inputs are those of other steps by {@link PipelineArtifact.toCodePipelineArtifact}. What it makes is for other steps `step.artifact` (the
   * first) and `step.artifactNamed('Name')`; its variables are `step.variable('Name')` or what the action itself gives, such as
   * `action.variables`. Which variables of other steps it uses is not looked at: check them yourself.
   *
   * @param action its name and the names of its artifacts must be concrete; its account and region must be those of the pipeline
   */
  public static action(action: codepipeline.IAction, options: CustomActionOptions = {}): CustomStep {
    const after = options.after?.map((step) => step.stepName);
    return new CustomStep(
      action.actionProperties.actionName,
      ({ problems }) => planAction(action, problems.path, after),
      (prop) => checkAction(prop, action),
      action,
    );
  }

  /**
   * An action of a type that you registered in the account and region of the pipeline, done by your own workers, such as a Jenkins server with the
   * plug-in of CodePipeline. CodePipeline does not charge for it; a worker that does not answer within 24 hours fails it.
   *
   * @param typeName the provider of the action type: 1 to 35 letters, digits, `_` and `-`
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-create-custom-action.html
   */
  public static ofType(category: CustomActionCategory, typeName: string, options: CustomTypeOptions = {}): CustomStep {
    const name = options.stepName ?? typeName;
    const version = options.typeVersion ?? '1';
    const { providerPattern, maxProviderLength, maxVersionLength } = CUSTOM_ACTION_LIMITS;
    const fits = (text: string, length: number) =>
      Token.isUnresolved(text) || (providerPattern.test(text) && text.length <= length);
    return new CustomStep(
      name,
      (context) => ({
        ...commonStepFields(name, options, context),
        provider: {
          category,
          owner: 'Custom',
          provider: typeName,
          version,
          inputs: { min: 0, max: 5 },
          outputs: { min: 0, max: 5 },
          configuration: 'any',
          variables: 'any',
          see: 'https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-create-custom-action.html',
        },
        outputs: options.makesArtifact ? [name] : [],
        namespace: namespaceOf(name),
        configuration: options.configuration ?? {},
        spec: { kind: 'custom-type' },
      }),
      (prop) => [
        ...(fits(typeName, maxProviderLength)
          ? []
          : [
              problem(
                `${prop}.typeName`,
                `consist of 1 to ${maxProviderLength} letters, digits, '_' and '-'`,
                typeName,
                'use the name that the type was registered with',
              ),
            ]),
        ...(fits(version, maxVersionLength)
          ? []
          : [
              problem(
                `${prop}.typeVersion`,
                `consist of 1 to ${maxVersionLength} letters, digits, '_' and '-'`,
                version,
                'use the version that the type was registered with',
              ),
            ]),
      ],
    );
  }

  private constructor(
    stepName: string,
    private readonly plan: (context: StepContext) => StepPlan,
    private readonly check: (prop: string) => Problem[],
    private readonly action?: codepipeline.IAction,
  ) {
    const [first] = action?.actionProperties.outputs ?? [];
    super(stepName, first && PipelineArtifact.fromCodePipelineArtifact(first));
  }

  /**
   * A further artifact of the step.
   *
   * @param outputName for an action of aws-codepipeline-actions the name of the artifact, otherwise the name that it was given among the outputs
   * of the step
   */
  public override artifactNamed(outputName: string): PipelineArtifact {
    return this.action ? PipelineArtifact._of(outputName) : super.artifactNamed(outputName);
  }

  /**
   * A variable that the step produces.
   *
   * @param key name of the variable, as AWS lists it for the kind of action
   */
  public override variable(key: string): PipelineVariable {
    return this.action ? variableOfAction(this.action, key) : super.variable(key);
  }

  /** @internal */
  protected _planActions(context: StepContext): StepPlan[] {
    context.problems.addAll(this.check(context.problems.path));
    return [this.plan(context)];
  }
}
