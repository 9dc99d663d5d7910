import type { AssemblyStack } from '../../../../src/assembly/cloud-assembly';
import { readInput } from '../../../../src/assembly/input';
import type { Properties } from '../compliant';

/** A mistake in a template that was complete, as users report it. */
export interface Defect {
  readonly name: string;
  /** A report of the mistake, or the page of AWS that describes it. */
  readonly source: string;
  /** The name of the assembly. */
  readonly base: string;
  readonly plant: (assembly: PlantedAssembly) => void;
  /** The ID of the rule that finds it. */
  readonly rule: string;
}

const PIPELINE = 'AWS::CodePipeline::Pipeline';

/** A cloud assembly whose templates can be changed. */
export class PlantedAssembly {
  public readonly stacks: readonly AssemblyStack[];

  constructor(directory: string) {
    this.stacks = readInput(directory).map((stack) => ({ ...stack, template: structuredClone(stack.template) }));
  }

  /** The pipeline with most stages. */
  public get pipeline(): Properties {
    const pipelines = this.resources(PIPELINE);
    return pipelines.reduce((most, next) => (next.Stages.length > most.Stages.length ? next : most));
  }

  public stage(name: string): Properties {
    return one(
      this.pipeline.Stages.filter(({ Name }: Properties) => Name === name),
      name,
    );
  }

  /** Returns an action, which has a configuration. */
  public action(name: string): Properties {
    const actions = this.pipeline.Stages.flatMap(({ Actions }: Properties) => Actions);
    const action = one(
      actions.filter(({ Name }: Properties) => Name === name),
      name,
    );
    action.Configuration ??= {};
    return action;
  }

  /** Returns the properties of a resource by a part of its logical ID. */
  public resource(type: string, logicalId = ''): Properties {
    const found = this.entries()
      .filter(([id, resource]) => resource.Type === type && id.includes(logicalId))
      .map(([, resource]) => (resource.Properties ??= {}) as Properties);
    return found.length > 0 ? found[0] : one([], `${type} ${logicalId}`);
  }

  /** Changes the buildspec of a project in the template. */
  public buildSpec(project: string, change: (spec: Properties) => void) {
    const { Source } = this.resource('AWS::CodeBuild::Project', project);
    const text = typeof Source.BuildSpec === 'string' ? Source.BuildSpec : '{"version":"0.2","phases":{}}';
    const spec = JSON.parse(text) as Properties;
    change(spec);
    Source.BuildSpec = JSON.stringify(spec);
  }

  /** Adds a resource to the stack of the pipeline. */
  public add(logicalId: string, Type: string, properties: Properties, index = 0) {
    (this.stacks[index].template as unknown as { Resources: Properties }).Resources[logicalId] = {
      Type,
      Properties: properties,
    };
  }

  private resources(type: string): Properties[] {
    return this.entries()
      .filter(([, resource]) => resource.Type === type)
      .map(([, resource]) => resource.Properties as Properties);
  }

  private entries(): Array<[string, Properties]> {
    return this.stacks.flatMap(({ template }) => Object.entries(template.Resources ?? {})) as unknown as Array<
      [string, Properties]
    >;
  }
}

function one(found: readonly Properties[], name: string): Properties {
  if (found.length !== 1) throw new Error(`expected one ${name}, found ${found.length}`);
  return found[0];
}

const GITHUB = 'https://github.com';

/** Returns the address of an issue. */
export function issue(repository: string, number: number): string {
  return `${GITHUB}/${repository}/issues/${number}`;
}

/** Returns the address of a page of the guide of CodePipeline. */
export function guide(page: string): string {
  return `https://docs.aws.amazon.com/codepipeline/latest/userguide/${page}.html`;
}
