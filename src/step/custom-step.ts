import { type aws_codepipeline as codepipeline, Token } from 'aws-cdk-lib';
import { PipelineStep, type StepOptions } from './pipeline-step';
import { placeOf } from './place';
import type { StepContext } from './step-context';
import type { ActionProvider } from '../facts/action-providers';
import { CUSTOM_ACTION_LIMITS } from '../facts/limits';
import type { StepPlan } from '../plan/pipeline-plan';
import { problem, type Problem } from '../plan/problems';
import { namespaceOf } from '../plan/variables';

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
   * The values of the type's configuration, 1 to 1000 characters each. They stand in the template as they are: never put a secret here.
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
   * An action of aws-codepipeline-actions, or of a class that implements `IAction`. Name, namespace, inputs and outputs are the action's own; its run order
   * follows from what it uses. It runs under a role of its own, which gets what the action asks for. Use
   * {@link PipelineArtifact.toCodePipelineArtifact} for inputs that other steps make.
   *
   * @param action its name and the names of its artifacts must be concrete
   */
  public static action(action: codepipeline.IAction, options: CustomActionOptions = {}): CustomStep {
    const { actionName, category, owner, provider, version, inputs, outputs, artifactBounds, variablesNamespace } = action.actionProperties;
    const names = (artifacts: codepipeline.Artifact[] = []) => artifacts.map((artifact) => artifact.artifactName ?? '');
    return new CustomStep(actionName, () => ({
      name: actionName,
      provider: {
        category: category as ActionProvider['category'],
        owner: (owner ?? 'AWS') as ActionProvider['owner'],
        provider,
        version: version ?? '1',
        inputs: { min: artifactBounds.minInputs, max: artifactBounds.maxInputs },
        outputs: { min: artifactBounds.minOutputs, max: artifactBounds.maxOutputs },
        configuration: 'any',
        variables: 'any',
        see: 'the documentation of the action',
      },
      inputs: names(inputs),
      outputs: names(outputs),
      after: options.after?.map((step) => step.stepName),
      namespace: variablesNamespace,
      configuration: {},
      work: { kind: 'custom-action', action },
    }), (prop) => [
      ...(category === 'Source' ? [problem(prop, 'not be a source', actionName, 'give it to the sources as PipelineSource')] : []),
      ...([...inputs ?? [], ...outputs ?? []].every((artifact) => artifact.artifactName)
        ? [] : [problem(prop, 'have artifacts with names', 'an artifact without one', "write new codepipeline.Artifact('Name')")]),
    ]);
  }

  /**
   * An action of a type that you registered in the account and region of the pipeline, done by your own workers. CodePipeline does not charge
   * for it; a worker that does not answer within 24 hours fails it.
   *
   * @param typeName the provider of the action type: 1 to 35 letters, digits, `_` and `-`
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/actions-create-custom-action.html
   */
  public static ofType(category: CustomActionCategory, typeName: string, options: CustomTypeOptions = {}): CustomStep {
    const name = options.stepName ?? typeName;
    const version = options.typeVersion ?? '1';
    const { providerPattern, maxProviderLength, maxVersionLength } = CUSTOM_ACTION_LIMITS;
    const fits = (text: string, length: number) => Token.isUnresolved(text) || (providerPattern.test(text) && text.length <= length);
    return new CustomStep(name, (context) => ({
      ...placeOf(name, options, context),
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
      work: { kind: 'custom-type' },
    }), (prop) => [
      ...(fits(typeName, maxProviderLength) ? [] : [problem(`${prop}.typeName`, `consist of 1 to ${maxProviderLength} letters, digits, '_' and '-'`, typeName, 'use the name that the type was registered with')]),
      ...(fits(version, maxVersionLength) ? [] : [problem(`${prop}.typeVersion`, `consist of 1 to ${maxVersionLength} letters, digits, '_' and '-'`, version, 'use the version that the type was registered with')]),
    ]);
  }

  private constructor(
    stepName: string, private readonly plan: (context: StepContext) => StepPlan, private readonly check: (prop: string) => Problem[],
  ) {
    super(stepName);
  }

  /** @internal */
  public _plan(context: StepContext): StepPlan {
    return this.plan(context);
  }

  /** @internal */
  public override _check(prop: string): Problem[] {
    return [...super._check(prop), ...this.check(prop)];
  }
}
