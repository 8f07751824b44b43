-- Whoever answers what is nobody's has it from then on, unless the business says otherwise.
ALTER TABLE queues ADD COLUMN answering_takes boolean NOT NULL DEFAULT true;
