import { aws_codepipeline as codepipeline, type aws_iam as iam } from 'aws-cdk-lib';
import type { RenderedAction } from '../render/rendered';
import { providerOf } from '../aws/action-providers';
import type { ConditionPlan, RulePlan, StagePlan } from '../pipeline/pipeline-plan';

type Rendered = ReadonlyMap<string, RenderedAction>;

/** Returns the conditions and the failure handling of a stage as properties of an aws-codepipeline stage. */
export function stageConditions(
  { beforeEntry, onSuccess, onFailure }: StagePlan,
  rendered: Rendered,
): Pick<codepipeline.StageProps, 'beforeEntry' | 'onSuccess' | 'onFailure'> {
  return {
    beforeEntry: beforeEntry && { conditions: [conditionOf(beforeEntry, rendered)] },
    onSuccess: onSuccess && { conditions: [conditionOf(onSuccess, rendered)] },
    onFailure: onFailure && failureOf(onFailure, rendered),
  };
}

function failureOf(onFailure: NonNullable<StagePlan['onFailure']>, rendered: Rendered): codepipeline.FailureConditions {
  if (onFailure.kind === 'retry') {
    return { result: codepipeline.Result.RETRY, retryMode: codepipeline.RetryMode[onFailure.mode] };
  }
  const { path, rules } = onFailure;
  if (rules.length === 0) return { result: codepipeline.Result.ROLLBACK };
  // With rules, only the condition has a result: a result beside it would always apply.
  return { conditions: [conditionOf({ path, result: 'ROLLBACK', rules }, rendered)] };
}

function conditionOf(
  { result, rules }: ConditionPlan<'FAIL' | 'SKIP' | 'ROLLBACK'>,
  rendered: Rendered,
): codepipeline.Condition {
  return {
    result: codepipeline.Result[result],
    rules: rules.map((rule) => ruleOf(rule, rendered.get(rule.name)!)),
  };
}

function ruleOf(rule: RulePlan, { configuration, role, commands }: RenderedAction): codepipeline.Rule {
  const { provider, version } = providerOf(rule);
  return new codepipeline.Rule({
    name: rule.name,
    provider,
    version,
    configuration: { ...rule.configuration, ...configuration },
    commands: commands ?? rule.commands?.slice(),
    inputArtifacts: rule.inputs.length > 0 ? [...rule.inputs] : undefined,
    // The property has the type of the class, but only the ARN is read.
    role: role as iam.Role | undefined,
  });
}
