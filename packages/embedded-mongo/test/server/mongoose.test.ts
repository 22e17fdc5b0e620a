import mongoose, { Schema, type Connection } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbeddedMongo, type EmbeddedMongo } from '../../src/index';

interface Person {
  name: string;
  unit?: mongoose.Types.ObjectId;
  seen: number;
  saved: string[];
  updatedAt: Date;
}

describe('mongoose', () => {
  let server: EmbeddedMongo;
  let connection: Connection;

  beforeAll(async () => {
    server = await startEmbeddedMongo();
    connection = await mongoose.createConnection(server.uri, { dbName: 'models' }).asPromise();
  });
  afterAll(async () => {
    await connection.close();
    await server.stop();
  });

  const unitSchema = new Schema({ code: { type: String, unique: true }, title: String });
  const personSchema = new Schema<Person>(
    {
      name: { type: String, required: true, index: true },
      unit: { type: Schema.Types.ObjectId, ref: 'Unit' },
      seen: { type: Number, default: 0 },
      saved: [String],
    },
    { timestamps: true, optimisticConcurrency: true },
  );

  it('builds indexes, populates and keeps timestamps', async () => {
    const Unit = connection.model('Unit', unitSchema);
    const PersonModel = connection.model('Person', personSchema);
    await Promise.all([Unit.init(), PersonModel.init()]);
    const unit = await Unit.create({ code: 'U1', title: 'First' });
    await PersonModel.create([{ name: 'A', unit: unit._id }, { name: 'B' }]);
    const found = await PersonModel.findOne({ name: 'A' })
      .populate<{ unit: { title: string } }>('unit')
      .orFail();
    expect(found.unit.title).toBe('First');
    expect(found.updatedAt).toBeInstanceOf(Date);
    await expect(Unit.create({ code: 'U1' })).rejects.toMatchObject({ code: 11000 });
  });

  it('refuses a save over a newer version', async () => {
    const PersonModel = connection.model<Person>('Person');
    const one = await PersonModel.findOne({ name: 'B' }).orFail();
    const other = await PersonModel.findOne({ name: 'B' }).orFail();
    one.seen = 1;
    other.seen = 2;
    await one.save();
    await expect(other.save()).rejects.toThrow(mongoose.Error.VersionError);
  });

  it('runs middleware inside transactions, and takes everything back', async () => {
    const PersonModel = connection.model<Person>('Person');
    const failing = connection.transaction(async (session) => {
      await PersonModel.create([{ name: 'C' }], { session });
      await PersonModel.updateOne({ name: 'A' }, { $inc: { seen: 10 } }, { session });
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await PersonModel.countDocuments({ name: 'C' })).toBe(0);
    expect((await PersonModel.findOne({ name: 'A' }).orFail()).seen).toBe(0);
    await connection.transaction(async (session) => {
      await PersonModel.create([{ name: 'C', saved: ['x'] }], { session });
    });
    expect(await PersonModel.countDocuments({ name: 'C' })).toBe(1);
  });

  it('saves in bulk and walks cursors', async () => {
    const PersonModel = connection.model<Person>('Person');
    const people = await PersonModel.find();
    for (const person of people) person.saved.push('bulk');
    await PersonModel.bulkSave(people);
    let walked = 0;
    for await (const person of PersonModel.find().sort({ name: 1 }).cursor({ batchSize: 1 })) {
      expect(person.saved).toContain('bulk');
      walked++;
    }
    expect(walked).toBe(people.length);
  });

  it('tells discriminators apart', async () => {
    const Event = connection.model('Event', new Schema({ at: Date }, { discriminatorKey: 'kind' }));
    const Lecture = Event.discriminator('Lecture', new Schema({ speaker: String }));
    await Event.create({ at: new Date(0) });
    await Lecture.create({ at: new Date(0), speaker: 'S' });
    expect(await Event.countDocuments()).toBe(2);
    expect(await Lecture.countDocuments()).toBe(1);
    expect((await Event.findOne({ kind: 'Lecture' }).orFail()).get('speaker')).toBe('S');
  });

  it('hands the session of a transaction to middleware, whose writes go with it', async () => {
    const Log = connection.model('Log', new Schema({ of: String, text: String }));
    const documentSchema = new Schema({ title: String, revision: { type: Number, default: 0 } });
    documentSchema.pre('save', function () {
      this.revision++;
    });
    documentSchema.post('save', async function (saved) {
      await Log.create([{ of: saved.id, text: saved.title ?? null }], { session: saved.$session() });
    });
    documentSchema.pre('updateOne', function () {
      this.set({ title: 'updated' });
    });
    const Paper = connection.model('Paper', documentSchema);
    await Promise.all([Log.init(), Paper.init()]);
    const failing = connection.transaction(async (session) => {
      await new Paper({ title: 'lost' }).save({ session });
      expect(await Log.countDocuments().session(session)).toBe(1);
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect([await Paper.countDocuments(), await Log.countDocuments()]).toEqual([0, 0]);
    await connection.transaction(async (session) => {
      await new Paper({ title: 'kept' }).save({ session });
    });
    await Paper.updateOne({ title: 'kept' }, { $inc: { revision: 10 } });
    expect(await Paper.find().lean()).toMatchObject([{ title: 'updated', revision: 11 }]);
    expect(await Log.find().lean()).toMatchObject([{ text: 'kept' }]);
  });

  it('populates lists, virtual references and what lies below, and keeps their order', async () => {
    const topicSchema = new Schema({ name: String, parent: { type: Schema.Types.ObjectId, ref: 'Topic' } });
    topicSchema.virtual('children', { ref: 'Topic', localField: '_id', foreignField: 'parent' });
    const Topic = connection.model('Topic', topicSchema);
    const List = connection.model(
      'List',
      new Schema({ topics: [{ type: Schema.Types.ObjectId, ref: 'Topic' }] }),
    );
    const root = await Topic.create({ name: 'root' });
    const [a, b] = await Topic.create([
      { name: 'a', parent: root._id },
      { name: 'b', parent: root._id },
    ]);
    await List.create({ topics: [b!._id, a!._id, b!._id] });
    const list = await List.findOne()
      .populate<{ topics: { name: string; parent: { name: string } }[] }>({
        path: 'topics',
        populate: { path: 'parent', select: 'name' },
      })
      .orFail();
    expect(list.topics.map((topic) => `${topic.parent.name}/${topic.name}`)).toEqual([
      'root/b',
      'root/a',
      'root/b',
    ]);
    const parent = await Topic.findById(root._id)
      .populate<{ children: { name: string }[] }>({ path: 'children', options: { sort: { name: -1 } } })
      .orFail();
    expect(parent.children.map((topic) => topic.name)).toEqual(['b', 'a']);
  });

  it('saves in bulk all or nothing, and says which document was out of date', async () => {
    const Counter = connection.model(
      'Counter',
      new Schema({ code: { type: String, unique: true }, n: Number }, { optimisticConcurrency: true }),
    );
    await Counter.init();
    await Counter.create([
      { code: 'a', n: 1 },
      { code: 'b', n: 1 },
    ]);
    const counters = await Counter.find().sort({ code: 1 });
    await Counter.updateOne({ code: 'b' }, { $set: { n: 5 }, $inc: { __v: 1 } });
    for (const counter of counters) counter.n = 9;
    const saving = connection.transaction(async (session) => {
      await Counter.bulkSave(counters, { session });
    });
    await expect(saving).rejects.toThrow(mongoose.Error);
    expect((await Counter.find().sort({ code: 1 }).lean()).map((one) => one.n)).toEqual([1, 5]);
  });
});
