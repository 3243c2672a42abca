import DrydockKernel
import Testing

@testable import DrydockReports

@Suite("Run clock")
struct RunClockTests {
  @Test(
    "says lengths in at most two units",
    arguments: [
      (0, "0 ms"), (340, "340 ms"), (1_000, "1 s"), (1_250, "1.2 s"), (59_900, "59 s"),
      (60_000, "1 min"), (99_000, "1 min 39 s"), (3_600_000, "1 h"), (12_345_000, "3 h 25 min"),
      (187_200_000, "2 d 4 h"), (604_800_000, "7 d"),
    ]
  )
  func words(milliseconds: Int, expected: String) {
    #expect(RunClock.words(.milliseconds(milliseconds)) == expected)
  }

  @Test("shows a point with days only where there are some")
  func clock() {
    #expect(RunClock.text(.milliseconds(500)) == "00:00:00.500")
    #expect(RunClock.text(.seconds(86_400 + 3_661)) == "1d 01:01:01.000")
    #expect(RunClock.text(.seconds(-5)) == "00:00:00.000")
  }

  @Test("says less than a millisecond where it is not nothing")
  func tiny() {
    #expect(RunClock.words(.microseconds(20)) == "< 1 ms")
  }
}
