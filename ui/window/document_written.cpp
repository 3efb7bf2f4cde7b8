// What the engineer writes into the report, kept in the incident's file.
#include "connection/connection_string.h"
#include "document/incident.h"
#include "window/document.h"

namespace whichbase::ui {

std::map<std::string, std::string> Document::written() const {
  auto written = m_replay.written();
  for (const auto& [key, text] : m_written)
    written[key] = text;
  std::erase_if(written, [](const auto& each) { return each.second.empty(); });
  return written;
}

void Document::setWritten(const std::string& key, const QString& text) {
  auto kept = connection::redact(text.toStdString()); // as the file keeps it
  const auto now = written();
  const auto known = now.find(key);
  if (kept == (known == now.end() ? std::string() : known->second))
    return;
  m_written[key] = std::move(kept);
  if (isHistory() && !m_recorder.isOpen())
    m_recorder.open(m_historyFile); // which was only read so far
  if (m_recorder.isOpen())
    m_recorder.setText(document::writtenPrefix + key, m_written[key]);
  Q_EMIT writtenChanged();
}

void Document::writeTexts() {
  if (!m_recorder.isOpen())
    return;
  for (const auto& [key, text] : m_written)
    m_recorder.setText(document::writtenPrefix + key, text);
}

void Document::forgetKeptTexts() {
  std::erase_if(m_written, [&](const auto& each) {
    const auto kept = m_replay.written().find(each.first);
    return each.second == (kept == m_replay.written().end() ? std::string() : kept->second);
  });
}

} // namespace whichbase::ui
