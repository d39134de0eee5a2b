//! Parquet: typed columns, and what they mean written into the file.
//!
//! Deliberately absent: compression. Repeated texts are stored once a row group (dictionaries), which is most of what
//! there is to gain, and every reader reads it.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;

use super::{Cell, Column, Kind};
use crate::base::Day;

/// Rows held before they are written: readers fetch whole row groups, and memory holds one.
const ROW_GROUP: usize = 16_384;

/// A table written as Parquet.
pub(super) struct Parquet<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    columns: Vec<Buffer>,
    rows: usize,
}

/// The cells of one column in the row group under way: those that hold something, and which do.
struct Buffer {
    present: Vec<i16>,
    values: Values,
}

enum Values {
    Long(Vec<i64>),
    Double(Vec<f64>),
    Text(Vec<ByteArray>),
    Truth(Vec<bool>),
    Day(Vec<i32>),
}

impl Buffer {
    fn new(kind: Kind) -> Self {
        let values = match kind {
            Kind::Whole | Kind::Seed => Values::Long(Vec::new()),
            Kind::Number => Values::Double(Vec::new()),
            Kind::Text => Values::Text(Vec::new()),
            Kind::Truth => Values::Truth(Vec::new()),
            Kind::Day => Values::Day(Vec::new()),
        };
        Self { present: Vec::new(), values }
    }

    fn push(&mut self, cell: &Cell) {
        self.present.push(i16::from(*cell != Cell::Nothing));
        match (&mut self.values, cell) {
            (_, Cell::Nothing) => {}
            (Values::Long(values), Cell::Whole(number)) => values.push(*number),
            // The same 64 bits; the column's type says that they have no sign.
            (Values::Long(values), Cell::Seed(seed)) => values.push(seed.cast_signed()),
            (Values::Double(values), Cell::Number(number)) => values.push(*number),
            (Values::Text(values), Cell::Text(text)) => values.push(ByteArray::from(text.as_str())),
            (Values::Truth(values), Cell::Truth(truth)) => values.push(*truth),
            (Values::Day(values), Cell::Day(day)) => values.push(since_1970(*day)),
            _ => unreachable!("cells are held to the kind of their column before they come here"),
        }
    }

    fn write<W: Write + Send>(&mut self, group: &mut SerializedRowGroupWriter<'_, W>) -> Result<(), ParquetError> {
        let present = std::mem::take(&mut self.present);
        match &mut self.values {
            Values::Long(values) => write::<Int64Type, W>(group, std::mem::take(values), &present),
            Values::Double(values) => write::<DoubleType, W>(group, std::mem::take(values), &present),
            Values::Text(values) => write::<ByteArrayType, W>(group, std::mem::take(values), &present),
            Values::Truth(values) => write::<BoolType, W>(group, std::mem::take(values), &present),
            Values::Day(values) => write::<Int32Type, W>(group, std::mem::take(values), &present),
        }
    }
}

fn write<T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    values: Vec<T::T>,
    present: &[i16],
) -> Result<(), ParquetError> {
    let mut column = group.next_column()?.expect("as many columns as the schema has");
    column.typed::<T>().write_batch(&values, Some(present), None)?;
    column.close()
}

/// Days since the first of January 1970, as Parquet counts dates.
fn since_1970(day: Day) -> i32 {
    day.days_since(Day::from_calendar(1970, 1, 1).expect("a day of the calendar"))
}

impl<W: Write + Send> Parquet<W> {
    pub(super) fn new(to: W, columns: &[Column]) -> io::Result<Self> {
        let fields = columns.iter().map(field).collect::<Result<Vec<_>, _>>().map_err(io)?;
        let schema = Type::group_type_builder("table").with_fields(fields).build().map_err(io)?;
        let properties = WriterProperties::builder().build();
        let writer = SerializedFileWriter::new(to, Arc::new(schema), Arc::new(properties)).map_err(io)?;
        let buffers = columns.iter().map(|column| Buffer::new(column.kind)).collect();
        Ok(Self { writer, columns: buffers, rows: 0 })
    }

    pub(super) fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            column.push(cell);
        }
        self.rows += 1;
        if self.rows == ROW_GROUP { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        let mut group = self.writer.next_row_group().map_err(io)?;
        for column in &mut self.columns {
            column.write(&mut group).map_err(io)?;
        }
        group.close().map_err(io)?;
        self.rows = 0;
        Ok(())
    }

    /// Keeps a note for the footer.
    pub(super) fn note(&mut self, name: &str, value: String) {
        self.writer.append_key_value_metadata(KeyValue::new(name.to_owned(), value));
    }

    pub(super) fn finish(mut self) -> io::Result<W> {
        if self.rows > 0 {
            self.flush()?;
        }
        self.writer.into_inner().map_err(io)
    }
}

fn field(column: &Column) -> Result<Arc<Type>, ParquetError> {
    let (physical, logical) = match column.kind {
        Kind::Whole => (Physical::INT64, None),
        Kind::Seed => (Physical::INT64, Some(LogicalType::integer(64, false))),
        Kind::Number => (Physical::DOUBLE, None),
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Truth => (Physical::BOOLEAN, None),
        Kind::Day => (Physical::INT32, Some(LogicalType::Date)),
    };
    Type::primitive_type_builder(&column.name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical)
        .build()
        .map(Arc::new)
}

fn io(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(error) => io::Error::other(error),
        other => io::Error::other(other.to_string()),
    }
}
